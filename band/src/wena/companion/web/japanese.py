# SPDX-License-Identifier: Apache-2.0
"""The web view in Japanese."""

from datetime import date

from wena.activity.records import Behaviour
from wena.companion.web.texts import Words

DAYS = tuple("月火水木金土日")


def _long_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（{DAYS[day.weekday()]}）"


def _short_date(day: date) -> str:
    return f"{day.day}（{DAYS[day.weekday()]}）"


def _span(first: date, last: date) -> str:
    """Without saying twice what is the same."""
    year = "" if first.year == last.year else f"{last.year}年"
    month = "" if first.month == last.month else f"{last.month}月"
    return f"{first.year}年{first.month}月{first.day}日〜{year}{month}{last.day}日"


JAPANESE = Words(
    language="ja",
    weekdays=DAYS,
    thousands=",",
    hours_and_minutes="{hours}時間{minutes:02}分",
    hours_alone="{hours}時間",
    long_date=_long_date,
    short_date=_short_date,
    span=_span,
    behaviours={
        Behaviour.UNKNOWN: "不明",
        Behaviour.NOT_WEARING: "未装着",
        Behaviour.WALK: "歩行",
        Behaviour.RUN: "走行",
        Behaviour.EXERCISE: "運動",
        Behaviour.SLEEP_DEEP: "深い",
        Behaviour.SLEEP_LIGHT: "浅い",
        Behaviour.SLEEP_REM: "レム",
        Behaviour.SLEEP_AWAKE: "覚醒",
        Behaviour.STATIC: "静止",
    },
    texts={
        "title": "あなたのwena",
        "simulated": "ソフトウェアのバンドによるお試し表示です。あなたの記録ではありません。",
        "views": "表示の切り替え",
        "day": "日",
        "week": "週",
        "days": "この週の各日",
        "neighbours": "ほかの日付",
        "earlier": "前へ",
        "later": "次へ",
        "steps": "歩数",
        "of_goal": "目標 {goal}",
        "sleep": "睡眠",
        "heart_rate": "心拍数",
        "heart_range": "最低 {low}・最高 {high}・平均 {mean}（毎分）",
        "calories": "カロリー",
        "calories_note": "バンド自身の推定値（±30 %ほどの誤差があります）",
        "stress": "ストレス",
        "stress_note": "0は落ち着き、100は緊張（バンドの判定）",
        "energy": "ボディエナジー",
        "energy_note": "100は充実、0は消耗（バンドの判定）",
        "vo2max": "VO₂max",
        "activity": "一日の過ごし方",
        "night": "前夜の睡眠",
        "nothing": "この日の記録はありません。",
        "nothing_yet": "まだ記録がありません。取り込むには: wena companion sync",
        "battery": "前回接続時の電池残量 {percent} %",
        "firmware": "ファームウェア {version}",
        "not_medical": "医療機器ではありません。バンドの数値をそのまま描いています。",
        "per_hour": "1時間ごとの歩数",
        "moving": "活動",
        "asleep": "睡眠",
        "not_found": "ページが見つかりません。",
        "average": "平均 {value}",
    },
)

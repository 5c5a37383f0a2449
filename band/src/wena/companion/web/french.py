# SPDX-License-Identifier: Apache-2.0
"""The web view in French."""

from datetime import date

from wena.activity.records import Behaviour
from wena.companion.web.texts import Words

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)


def _day(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)


def _long_date(day: date) -> str:
    name = DAYS[day.weekday()].capitalize()
    return f"{name} {_day(day)} {MONTHS[day.month - 1]} {day.year}"


def _short_date(day: date) -> str:
    return f"{DAYS[day.weekday()][:3]}. {day.day}"


def _span(first: date, last: date) -> str:
    """Without saying twice what is the same."""
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"Du {_day(first)}{month}{year} au {_day(last)} {MONTHS[last.month - 1]} {last.year}"


FRENCH = Words(
    language="fr",
    weekdays=tuple(f"{name[:3]}." for name in DAYS),
    thousands=NARROW_SPACE,
    hours_and_minutes=f"{{hours}}{SPACE}h{SPACE}{{minutes:02}}",
    hours_alone=f"{{hours}}{SPACE}h",
    long_date=_long_date,
    short_date=_short_date,
    span=_span,
    behaviours={
        Behaviour.UNKNOWN: "inconnu",
        Behaviour.NOT_WEARING: "non porté",
        Behaviour.WALK: "marche",
        Behaviour.RUN: "course",
        Behaviour.EXERCISE: "exercice",
        Behaviour.SLEEP_DEEP: "profond",
        Behaviour.SLEEP_LIGHT: "léger",
        Behaviour.SLEEP_REM: "paradoxal",
        Behaviour.SLEEP_AWAKE: "éveil",
        Behaviour.STATIC: "repos",
    },
    texts={
        "title": "Votre wena",
        "simulated": (
            f"Essai avec un bracelet logiciel{SPACE}: ces données ne sont pas les vôtres."
        ),
        "views": "Affichage",
        "day": "Jour",
        "week": "Semaine",
        "days": "Les jours de la semaine",
        "neighbours": "Autres dates",
        "earlier": "Avant",
        "later": "Après",
        "steps": "Pas",
        "of_goal": "objectif {goal}",
        "sleep": "Sommeil",
        "heart_rate": "Fréquence cardiaque",
        "heart_range": "de {low} à {high}, en moyenne {mean} par minute",
        "calories": "Calories",
        "calories_note": f"estimation du bracelet, à 30{SPACE}% près",
        "stress": "Stress",
        "stress_note": f"0{SPACE}: calme, 100{SPACE}: tendu, selon le bracelet",
        "energy": "Énergie",
        "energy_note": f"100{SPACE}: reposé, 0{SPACE}: épuisé, selon le bracelet",
        "vo2max": "VO₂max",
        "activity": "Votre journée",
        "night": "La nuit précédente",
        "nothing": "Aucun relevé pour ce jour.",
        "nothing_yet": f"Pas encore de relevés. Pour les récupérer{SPACE}: wena companion sync",
        "battery": f"Batterie à {{percent}}{SPACE}% à la dernière connexion",
        "firmware": "Micrologiciel {version}",
        "not_medical": (
            "Ceci n’est pas un dispositif médical. Les chiffres sont ceux du bracelet, tels quels."
        ),
        "per_hour": "Pas par heure",
        "moving": "en mouv.",
        "asleep": "sommeil",
        "not_found": "Cette page n’existe pas.",
        "average": f"moyenne{SPACE}: {{value}}",
    },
)

// SPDX-License-Identifier: Apache-2.0
// Shows what the strap tells, and asks for what the buttons say. All state is the server's.

import { drawWatch } from "/watch.js";

const LANGUAGES = ["en", "ja", "fr"];
const $ = (id) => document.getElementById(id);
const watch = drawWatch($("watch"));
const stage = document.querySelector(".stage");
let texts = {};
let language = "en";
let seen = null;
let lastVibration = 0;
let shaking = 0;

const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), texts[key] ?? key);
const number = (value) => new Intl.NumberFormat(language).format(value);
const money = (value) => new Intl.NumberFormat(language, { style: "currency", currency: "JPY" }).format(value);
const appName = (name) => texts[`name_${name}`] ?? name;
const clock = (unix, seconds) => new Intl.DateTimeFormat(language, {
  hour: "2-digit", minute: "2-digit", ...(seconds && { second: "2-digit" }),
}).format(new Date(unix * 1000));

async function speak(chosen) {
  language = LANGUAGES.includes(chosen) ? chosen : "en";
  texts = await (await fetch(`/texts/${language}.json`)).json();
  document.documentElement.lang = language;
  document.title = say("title");
  $("language").value = language;
  for (const element of document.querySelectorAll("[data-text]")) {
    const amount = element.dataset.amount;
    element.textContent = say(element.dataset.text, amount ? { amount: money(Number(amount)) } : {});
  }
  const form = $("notify").elements;
  form.title.value = say("sample_sender");
  form.text.value = say("sample_text");
  if (seen) show(seen);
}

async function ask(name, body = {}) {
  try {
    const answer = await fetch(`/do/${name}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
    });
    if (answer.ok) return hideFault();
    const refusal = await answer.json().catch(() => ({}));
    return fault(texts[refusal.code] ?? refusal.message ?? say("not_answering"));
  } catch {
    return fault(say("not_answering"));
  }
}

let faultTimer = 0;
function fault(text) {
  $("fault").textContent = text;
  $("fault").hidden = false;
  clearTimeout(faultTimer);
  faultTimer = setTimeout(hideFault, 8000);
}
function hideFault() { $("fault").hidden = true; }

function line(list, ...parts) {
  const item = document.createElement("li");
  for (const [tag, text, when] of parts) {
    const part = document.createElement(tag);
    part.textContent = text;
    if (when) part.dateTime = new Date(when * 1000).toISOString();
    item.append(part);
  }
  list.append(item);
}

function showStrap(state) {
  const { shown, battery } = state;
  watch.shine(battery.awake && shown ? shown.led : "", Boolean(shown?.call));
  if (!battery.awake) watch.write("", "", "");
  else if (shown) watch.write(shown.call ? say("incoming") : appName(shown.app), shown.title || appName(shown.app), shown.message);
  else watch.write("", clock(Date.now() / 1000), say("steps_short", { steps: number(state.steps.today) }));
  const what = !battery.awake ? say("asleep")
    : shown ? say(shown.call ? "now_call" : "now_alert", { name: shown.title || appName(shown.app), app: appName(shown.app), colour: say(`led_${shown.led}`) })
      : say("now_dark");
  if ($("now").textContent !== what) $("now").textContent = what;
  watch.describe(`${say("watch_label")} ${what}`);
  chip("link-state", state.linked, "linked_short", "unlinked_short");
  chip("sound-state", !state.silent, "sound_on", "sound_off");
  $("battery-state").textContent = say(battery.charging ? "battery_charging" : "battery_level", { percent: battery.percent });
  $("button-hint").textContent = say(shown?.call ? "hint_call" : "hint_idle");
  if (state.vibration && state.vibration.number !== lastVibration) {
    if (lastVibration || shown) shake(state.vibration, shown?.call);
    lastVibration = state.vibration.number;
  }
  if (!shown) stopShaking();
}

function chip(id, on, yes, no) {
  $(id).textContent = say(on ? yes : no);
  $(id).classList.toggle("off", !on);
}

function shake(vibration, endless) {
  clearTimeout(shaking);
  stage.classList.add("shaking");
  if (!endless) shaking = setTimeout(stopShaking, Math.max(0.3, vibration.seconds) * 1000);
}
function stopShaking() { stage.classList.remove("shaking"); }

function showPhone(state) {
  $("call").textContent = say(state.ringing ? "hang_up" : "call");
  $("link").textContent = say(state.linked ? "cut_link" : "restore_link");
  $("unread").replaceChildren();
  for (const one of state.phone) line($("unread"), ["span", [one.title, one.text].filter(Boolean).join(" — ") || appName(one.app)]);
  $("nothing-unread").hidden = state.phone.length > 0;
  $("read").disabled = state.phone.length === 0;
}

function showPurse({ purse, battery }) {
  $("balance").textContent = money(purse.balance);
  $("payments").replaceChildren();
  for (const one of purse.history.slice(0, 6)) {
    const paid = one.kind === "payment";
    line($("payments"), ["time", clock(one.at), one.at], ["span", say(paid ? "paid" : "loaded")],
      ["b", (paid ? "−" : "+") + money(one.amount)]);
  }
  $("reserve").textContent = battery.awake ? say("reserve_hint") : say("reserve_left", { count: number(purse.reserve) });
}

function showDay({ steps, battery }) {
  $("steps").textContent = number(steps.today);
  $("goal").textContent = say("goal", { steps: number(steps.goal) });
  $("bar").firstElementChild.style.width = `${Math.min(100, (100 * steps.today) / steps.goal)}%`;
  $("walk").textContent = say(steps.walking ? "stop_walking" : "start_walking");
  $("charge").textContent = say(battery.charging ? "stop_charging" : "start_charging");
}

function showJournal({ journal }) {
  $("journal").replaceChildren();
  for (const one of journal) {
    const values = { name: appName(one.name ?? ""), amount: one.amount === undefined ? "" : money(one.amount) };
    line($("journal"), ["time", clock(one.at, true), one.at], ["span", say(one.what, values)]);
  }
}

function show(state) {
  seen = state;
  for (const part of [showStrap, showPhone, showPurse, showDay, showJournal]) part(state);
}

$("notify").addEventListener("submit", (event) => {
  event.preventDefault();
  ask("notify", Object.fromEntries(new FormData(event.target)));
});
$("call").addEventListener("click", () => ask("call", { caller: say("sample_caller") }));
$("link").addEventListener("click", () => ask("link", { on: !seen?.linked }));
$("walk").addEventListener("click", () => ask("walk", { on: !seen?.steps.walking }));
$("charge").addEventListener("click", () => ask("charge", { on: !seen?.battery.charging }));
for (const button of document.querySelectorAll("[data-do]")) {
  button.addEventListener("click", () => ask(button.dataset.do, JSON.parse(button.dataset.body ?? "{}")));
}
$("language").addEventListener("change", (event) => {
  localStorage.setItem("language", event.target.value);
  speak(event.target.value);
});

await speak(localStorage.getItem("language") ?? navigator.language.slice(0, 2));
const tick = () => { watch.tellTime(new Date()); if (seen && !seen.shown) showStrap(seen); };
tick();
setInterval(tick, 1000);
const stream = new EventSource("/stream");
stream.onmessage = (event) => { hideFault(); show(JSON.parse(event.data)); };
stream.onerror = () => fault(say("not_answering"));

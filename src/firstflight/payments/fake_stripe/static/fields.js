// SPDX-License-Identifier: Apache-2.0
// The card fields: their look, their formatting and their checks. Joined by script.py.

// The page's design tokens win; the second value serves pages without them.
const STYLE = `
  .fs-card { display: grid; grid-template-columns: 1fr 1fr; gap: var(--fs-gap, 0.75rem);
    font: inherit; color: inherit; border: 0; margin: 0; padding: 0; min-width: 0; }
  .fs-field { display: grid; gap: 0.25rem; align-content: start; min-width: 0; }
  .fs-field.fs-number, .fs-hint { grid-column: 1 / -1; }
  .fs-field label { font-size: 0.9375em; }
  .fs-field input { font: inherit; color: inherit; width: 100%; box-sizing: border-box;
    min-height: 2.75rem; padding: 0.5rem 0.75rem; font-variant-numeric: tabular-nums;
    background: var(--fs-background, var(--color-surface, Field));
    border: 1px solid var(--fs-border, var(--color-border-strong, var(--color-border, GrayText)));
    border-radius: var(--fs-radius, var(--radius, 0.375rem)); }
  .fs-field input:focus-visible { outline: 3px solid
    var(--fs-accent, var(--color-focus, var(--color-accent, Highlight))); outline-offset: 1px; }
  .fs-field input[aria-invalid="true"] { border-color: var(--fs-danger, var(--color-danger, #b3261e)); }
  .fs-error { margin: 0; font-size: 0.875em; color: var(--fs-danger, var(--color-danger, #b3261e)); }
  .fs-error:empty { display: none; }
  .fs-hint { margin: 0; font-size: 0.8125em; color: var(--color-muted, inherit); }
  .fs-dialog { width: min(30rem, 94vw); height: min(34rem, 90vh); padding: 0; border: 0;
    border-radius: 0.75rem; }
  .fs-dialog iframe { width: 100%; height: 100%; border: 0; }
`;
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

let counter = 0;

function wordsFor(locale) {
  const wish = locale && locale !== "auto" ? locale : document.documentElement.lang || navigator.language;
  return WORDS[wish.slice(0, 2).toLowerCase()] || WORDS.en;
}

function refusal(code, message, field) {
  return Object.assign({ type: "validation_error", code, message }, field ? { field } : {});
}

function luhn(digits) {
  let sum = 0;
  [...digits].reverse().forEach((digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return digits.length >= 12 && sum % 10 === 0;
}

const isAmex = (digits) => /^3[47]/.test(digits);
const digitsOf = (input) => input.value.normalize("NFKC").replace(/\D/g, "");

function groupNumber(digits) {
  const sizes = isAmex(digits) ? [4, 6, 5] : [4, 4, 4, 4, 3];
  const parts = [];
  let rest = digits.slice(0, isAmex(digits) ? 15 : 19);
  for (const size of sizes) {
    if (rest) parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return parts.join(" ");
}

function groupExpiry(digits) {
  const four = (/^[2-9]/.test(digits) ? `0${digits}` : digits).slice(0, 4);
  return four.length > 2 ? `${four.slice(0, 2)} / ${four.slice(2)}` : four;
}

class CardElement {
  constructor(words, style) {
    this.words = words;
    this.listeners = {};
    this.root = document.createElement("div");
    this.root.className = "fs-card";
    this.root.setAttribute("role", "group");
    for (const [name, value] of Object.entries(style)) this.root.style.setProperty(name, value);
    this.fields = {
      number: this.field("number", "cc-number", groupNumber, 23),
      expiry: this.field("expiry", "cc-exp", groupExpiry, 7),
      cvc: this.field("cvc", "cc-csc", (digits) => digits.slice(0, 4), 4),
    };
    const hint = document.createElement("p");
    hint.className = "fs-hint";
    hint.textContent = words.hint;
    this.root.append(hint);
  }

  field(name, autocomplete, format, longest) {
    const id = `fs-${name}-${(counter += 1)}`;
    const box = document.createElement("div");
    box.className = `fs-field fs-${name}`;
    const label = document.createElement("label");
    label.htmlFor = id;
    label.textContent = this.words[name];
    const input = document.createElement("input");
    Object.assign(input, { id, autocomplete, inputMode: "numeric", maxLength: longest, required: true });
    input.setAttribute("aria-describedby", `${id}-error`);
    const error = document.createElement("p");
    error.id = `${id}-error`;
    error.className = "fs-error";
    error.setAttribute("role", "alert");
    input.addEventListener("input", (event) => {
      // Formatting while digits are being deleted would put them back.
      if (!(event.inputType || "").startsWith("delete")) input.value = format(digitsOf(input));
      this.mark(name, "");
      this.changed();
    });
    input.addEventListener("blur", () => {
      const found = input.value ? this.check(name) : null;
      this.mark(name, found ? found.message : "");
      this.emit("blur", {});
    });
    input.addEventListener("focus", () => this.emit("focus", {}));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.emit("escape", {});
    });
    box.append(label, input, error);
    this.root.append(box);
    return { input, error };
  }

  check(name) {
    const words = this.words;
    const number = digitsOf(this.fields.number.input);
    const digits = digitsOf(this.fields[name].input);
    if (name === "number") {
      if (digits.length < (isAmex(digits) ? 15 : 14)) return refusal("incomplete_number", words.incomplete_number, name);
      return luhn(digits) ? null : refusal("invalid_number", words.invalid_number, name);
    }
    if (name === "expiry") {
      const [month, year] = [Number(digits.slice(0, 2)), 2000 + Number(digits.slice(2))];
      if (digits.length !== 4 || month < 1 || month > 12) return refusal("incomplete_expiry", words.incomplete_expiry, name);
      const passed = new Date(year, month, 1) <= new Date();
      return passed ? refusal("invalid_expiry_year_past", words.expired, name) : null;
    }
    const needed = isAmex(number) ? 4 : 3;
    return digits.length === needed ? null : refusal("incomplete_cvc", words.incomplete_cvc, name);
  }

  validate() {
    const found = Object.keys(this.fields).map((name) => {
      const problem = this.check(name);
      this.mark(name, problem ? problem.message : "");
      return problem;
    });
    const first = found.find(Boolean);
    if (first) this.fields[first.field].input.focus();
    return first || null;
  }

  mark(name, message) {
    const { input, error } = this.fields[name];
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    error.textContent = message;
  }

  show(error) {
    const place = { incorrect_cvc: "cvc", invalid_cvc: "cvc", expired_card: "expiry", invalid_expiry_month: "expiry", invalid_expiry_year: "expiry" };
    this.mark(place[error.code] || "number", error.message);
  }

  changed() {
    const complete = Object.keys(this.fields).every((name) => !this.check(name));
    const empty = Object.values(this.fields).every(({ input }) => !input.value);
    this.emit("change", { elementType: this.type, complete, empty, collapsed: false, value: { type: "card" } });
  }

  card() {
    const expiry = digitsOf(this.fields.expiry.input);
    return {
      number: digitsOf(this.fields.number.input),
      exp_month: Number(expiry.slice(0, 2)),
      exp_year: 2000 + Number(expiry.slice(2)),
      cvc: digitsOf(this.fields.cvc.input),
    };
  }

  mount(target) {
    const place = typeof target === "string" ? document.querySelector(target) : target;
    if (!place) throw new Error(`There is no element ${target} to mount the card fields in.`);
    place.replaceChildren(this.root);
    queueMicrotask(() => this.emit("ready", { elementType: this.type }));
    return this;
  }

  unmount() { this.root.remove(); }
  destroy() { this.root.remove(); }
  update() { return this; }
  focus() { this.fields.number.input.focus(); }
  blur() { this.root.contains(document.activeElement) && document.activeElement.blur(); }
  clear() { for (const name of Object.keys(this.fields)) { this.fields[name].input.value = ""; this.mark(name, ""); } }
  on(name, listener) { (this.listeners[name] ||= []).push(listener); return this; }
  off(name, listener) { this.listeners[name] = (this.listeners[name] || []).filter((one) => one !== listener); return this; }
  once(name, listener) { const wrapped = (event) => { this.off(name, wrapped); listener(event); }; return this.on(name, wrapped); }
  emit(name, event) { (this.listeners[name] || []).slice().forEach((listener) => listener(event)); }
}

// SPDX-License-Identifier: Apache-2.0
// `Stripe(publishableKey)`: the part of Stripe.js that saves a card and pays. Joined by script.py.

const BASE = new URL(document.currentScript.src).origin;

class Elements {
  constructor(options, words) {
    this.options = options;
    this.words = words;
  }

  create(type) {
    if (type !== "payment" && type !== "card") throw new Error(`The fake draws no element of type ${type}.`);
    const variables = (this.options.appearance || {}).variables || {};
    const names = { colorPrimary: "--fs-accent", colorBackground: "--fs-background", colorDanger: "--fs-danger", borderRadius: "--fs-radius", gridRowSpacing: "--fs-gap" };
    const style = {};
    for (const [name, property] of Object.entries(names)) if (variables[name]) style[property] = variables[name];
    this.element = new CardElement(this.words, style);
    this.element.type = type;
    return this.element;
  }

  getElement() { return this.element || null; }
  update(options) { Object.assign(this.options, options); }
  async fetchUpdates() { return {}; }

  async submit() {
    const error = this.element ? this.element.validate() : null;
    return error ? { error } : { selectedPaymentMethod: "card" };
  }
}

function flatten(values, prefix = "") {
  return Object.entries(values).flatMap(([name, value]) => {
    const key = prefix ? `${prefix}[${name}]` : name;
    if (value === undefined || value === null) return [];
    return typeof value === "object" ? flatten(value, key) : [[key, String(value)]];
  });
}

class Client {
  constructor(key, options) {
    this.key = key;
    this.words = wordsFor(options.locale);
  }

  elements(options = {}) {
    if (options.locale) this.words = wordsFor(options.locale);
    return new Elements({ ...options }, this.words);
  }

  async request(method, path, values) {
    const form = new URLSearchParams(flatten({ ...values, key: this.key }));
    const url = `${BASE}/v1/${path}${method === "GET" ? `?${form}` : ""}`;
    try {
      const response = await fetch(url, { method, body: method === "GET" ? undefined : form });
      const content = await response.json();
      return content.error ? { error: this.translated(content.error) } : { content };
    } catch {
      return { error: { type: "api_connection_error", message: this.words.connection } };
    }
  }

  translated(error) {
    const same = { incorrect_number: "invalid_number", invalid_cvc: "incomplete_cvc", invalid_expiry_month: "expired", invalid_expiry_year: "expired", setup_intent_authentication_failure: "authentication", payment_intent_authentication_failure: "authentication" };
    const message = this.words[error.decline_code] || this.words[error.code] || this.words[same[error.code]];
    return message ? { ...error, message } : error;
  }

  async createPaymentMethod({ elements, element, params = {} }) {
    const card = element || (elements && elements.element);
    const found = card.validate();
    if (found) return { error: found };
    const sent = { type: "card", card: card.card(), billing_details: params.billing_details };
    const { content, error } = await this.request("POST", "payment_methods", sent);
    if (error) card.show(error);
    return error ? { error } : { paymentMethod: content };
  }

  async confirm(kind, { elements, clientSecret, confirmParams = {}, redirect = "always" }) {
    const secret = clientSecret || (elements && elements.options.clientSecret);
    const values = { client_secret: secret, return_url: confirmParams.return_url, payment_method: confirmParams.payment_method };
    if (!values.payment_method) {
      const params = confirmParams.payment_method_data || {};
      const made = await this.createPaymentMethod({ elements, params });
      if (made.error) return made;
      values.payment_method = made.paymentMethod.id;
    }
    const id = secret.split("_secret_")[0];
    const { content, error } = await this.request("POST", `${kind}s/${id}/confirm`, values);
    if (error) {
      if (elements && elements.element) elements.element.show(error);
      return { error };
    }
    const outcome = await this.act(kind, content, elements);
    if (!outcome.error && redirect === "always" && confirmParams.return_url) {
      const url = new URL(confirmParams.return_url, location.href);
      url.searchParams.set(kind, id);
      url.searchParams.set(`${kind}_client_secret`, secret);
      url.searchParams.set("redirect_status", "succeeded");
      location.assign(url);
      return new Promise(() => {});
    }
    return outcome;
  }

  async act(kind, intent, elements) {
    const name = kind === "setup_intent" ? "setupIntent" : "paymentIntent";
    if (intent.status !== "requires_action") return { [name]: intent };
    const action = intent.next_action;
    if (action.type === "redirect_to_url") {
      location.assign(action.redirect_to_url.url);
      return new Promise(() => {});
    }
    await this.challenge(action.use_stripe_sdk.stripe_js);
    const { content, error } = await this.retrieve(kind, intent.client_secret);
    if (error) return { error };
    const failure = content.last_setup_error || content.last_payment_error;
    if (content.status === "succeeded" || !failure) return { [name]: content };
    const told = this.translated(failure);
    if (elements && elements.element) elements.element.show(told);
    return { error: { ...told, [kind]: content } };
  }

  challenge(url) {
    return new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      dialog.className = "fs-dialog";
      dialog.setAttribute("aria-label", this.words.challenge);
      const frame = document.createElement("iframe");
      frame.src = url;
      frame.title = this.words.challenge;
      dialog.append(frame);
      document.body.append(dialog);
      const listen = (event) => {
        if (event.origin === new URL(url).origin && event.data && event.data.type === "fake-stripe-challenge") dialog.close();
      };
      addEventListener("message", listen);
      dialog.addEventListener("close", () => {
        removeEventListener("message", listen);
        dialog.remove();
        resolve();
      });
      dialog.showModal();
    });
  }

  retrieve(kind, secret) {
    return this.request("GET", `${kind}s/${secret.split("_secret_")[0]}`, { client_secret: secret });
  }

  confirmSetup(options) { return this.confirm("setup_intent", options); }
  confirmPayment(options) { return this.confirm("payment_intent", options); }

  async retrieveSetupIntent(secret) {
    const { content, error } = await this.retrieve("setup_intent", secret);
    return error ? { error } : { setupIntent: content };
  }

  async retrievePaymentIntent(secret) {
    const { content, error } = await this.retrieve("payment_intent", secret);
    return error ? { error } : { paymentIntent: content };
  }

  async handleNextAction({ clientSecret }) {
    const kind = clientSecret.startsWith("seti_") ? "setup_intent" : "payment_intent";
    const { content, error } = await this.retrieve(kind, clientSecret);
    return error ? { error } : this.act(kind, content, null);
  }
}

window.Stripe = (publishableKey, options = {}) => {
  if (!/^pk_/.test(publishableKey || "")) throw new Error("Stripe() needs the publishable key, which begins with pk_.");
  return new Client(publishableKey, options);
};

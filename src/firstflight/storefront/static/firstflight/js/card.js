// SPDX-License-Identifier: Apache-2.0
// The card step: mounts the provider's own fields and hands the card to the provider alone.
"use strict";

(() => {
  const step = document.getElementById("card-step");
  const button = document.getElementById("card-button");
  const fault = document.getElementById("card-error");
  if (!step) return;
  if (!window.Stripe) {
    fault.textContent = step.dataset.fault;
    return;
  }
  const { key, secret, language } = step.dataset;
  const stripe = window.Stripe(key, { locale: language });
  const elements = stripe.elements({ clientSecret: secret, locale: language });
  elements.create("payment").mount("#card-fields");
  button.disabled = false;

  const attempt = async (pressed, work) => {
    const label = pressed.textContent;
    pressed.disabled = true;
    pressed.textContent = step.dataset.wait;
    fault.textContent = "";
    try {
      const { error } = await work();
      if (!error) {
        window.location.assign(step.dataset.return);
        return;
      }
      fault.textContent = error.message || step.dataset.fault;
    } catch {
      fault.textContent = step.dataset.fault;
    }
    pressed.disabled = false;
    pressed.textContent = label;
  };

  document.getElementById("card-form").addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(button, async () => {
      const { error } = await elements.submit();
      if (error) return { error };
      const confirmParams = { return_url: step.dataset.return };
      return stripe.confirmSetup({ elements, confirmParams, redirect: "if_required" });
    });
  });

  const bank = document.getElementById("bank-button");
  if (bank) {
    bank.addEventListener("click", () => {
      const confirmParams = { payment_method: bank.dataset.method, return_url: step.dataset.return };
      const payment = { clientSecret: bank.dataset.secret, confirmParams, redirect: "if_required" };
      attempt(bank, () => stripe.confirmPayment(payment));
    });
  }
})();

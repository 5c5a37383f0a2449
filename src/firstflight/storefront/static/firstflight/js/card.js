// SPDX-License-Identifier: Apache-2.0
// The card step: mounts the provider's own fields and hands the card to the provider alone.
"use strict";

(() => {
  const step = document.getElementById("card-step");
  if (!step || !window.Stripe) return;
  const stripe = window.Stripe(step.dataset.key, { locale: step.dataset.language });
  const elements = stripe.elements({ clientSecret: step.dataset.secret, locale: step.dataset.language });
  elements.create("payment").mount("#card-fields");
  const button = document.getElementById("card-button");
  const fault = document.getElementById("card-error");
  const label = button.textContent;
  button.disabled = false;

  const guard = async (pressed, work) => {
    pressed.disabled = true;
    fault.textContent = "";
    if (pressed === button) button.textContent = step.dataset.wait;
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
    button.textContent = label;
  };

  document.getElementById("card-form").addEventListener("submit", (event) => {
    event.preventDefault();
    guard(button, async () => {
      const { error } = await elements.submit();
      if (error) return { error };
      return stripe.confirmSetup({
        elements,
        confirmParams: { return_url: step.dataset.return },
        redirect: "if_required",
      });
    });
  });

  const bank = document.getElementById("bank-button");
  if (bank) {
    bank.addEventListener("click", () => {
      guard(bank, () => stripe.confirmCardPayment
        ? stripe.confirmCardPayment(bank.dataset.secret)
        : stripe.handleNextAction({ clientSecret: bank.dataset.secret }));
    });
  }
})();

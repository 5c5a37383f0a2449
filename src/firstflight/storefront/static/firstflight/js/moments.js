// SPDX-License-Identifier: Apache-2.0
// Instants in the reader's own time zone, and countdowns by the reader's own clock.
"use strict";

(() => {
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const words = new Intl.DateTimeFormat(language, {
    year: "numeric", month: "long", day: "numeric",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
  });

  const left = (seconds) => {
    const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
    const shown = [];
    for (const [unit, size] of units) {
      const value = Math.floor(seconds / size);
      seconds -= value * size;
      if (value || shown.length) {
        const format = { style: "unit", unit, unitDisplay: "long" };
        shown.push(new Intl.NumberFormat(language, format).format(value));
      }
      if (shown.length === 2) break;
    }
    return shown.join(" ");
  };

  const name = () => {
    for (const place of document.querySelectorAll("time[data-moment]")) {
      place.textContent = words.format(new Date(place.dateTime));
      place.removeAttribute("data-moment");
    }
  };

  const tick = () => {
    for (const place of document.querySelectorAll("time[data-countdown]")) {
      const seconds = (Date.parse(place.dateTime) - Date.now()) / 1000;
      if (seconds > 0) {
        place.textContent = left(seconds) || left(1);
      } else if (!place.dataset.over) {
        // The state changes by the server's clock, a moment later: not all readers ask at once.
        place.dataset.over = "yes";
        place.textContent = left(1);
        window.setTimeout(() => window.location.reload(), 3000 + Math.random() * 4000);
      }
    }
  };

  name();
  tick();
  window.setInterval(tick, 1000);
  document.addEventListener("htmx:afterSwap", name);
})();

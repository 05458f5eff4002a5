/* What scripts add: words and rows of a claim mark each other, keys press buttons, a finished page opens. All works without. */
"use strict";

(function () {
  /* Words and rows of one claim carry its id in data-c. */
  let marked = [];

  function claimsAt(target) {
    const holder = target instanceof Element ? target.closest("[data-c]") : null;
    return holder ? holder.dataset.c.split(" ") : [];
  }

  function mark(event) {
    const claims = claimsAt(event.target);
    marked.forEach((one) => one.classList.remove("on"));
    marked = [];
    if (!claims.length) return;
    document.querySelectorAll("[data-c]").forEach((one) => {
      if (one.dataset.c.split(" ").some((claim) => claims.includes(claim))) {
        one.classList.add("on");
        marked.push(one);
      }
    });
    /* The other side comes into view inside its own column; the window does not move. */
    const row = document.getElementById("r-" + claims[0]);
    const column = row && !row.contains(event.target) ? row.closest(".ledger") : null;
    if (column && column.scrollHeight > column.clientHeight) {
      const middle = row.offsetTop - column.offsetTop - column.clientHeight / 2;
      column.scrollTop = Math.max(0, middle);
    }
  }

  document.addEventListener("mouseover", mark);
  document.addEventListener("focusin", mark);

  /* An element with data-key is pressed, or focused where it is a field, by that key. */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select");
    if (event.key === "Escape" && typing) {
      event.target.blur();
      return;
    }
    if (typing) return;
    const wanted = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input, textarea, select")) {
      wanted.focus();
      if (wanted.select) wanted.select();
    } else {
      wanted.click();
    }
  });

  /* A page that has been added opens by itself. */
  document.addEventListener("htmx:afterSwap", () => {
    const link = document.querySelector("[data-go]");
    if (link && !document.querySelector(".progress .problem")) window.location.assign(link.href);
  });

  /* A slider with data-sends says its day while it moves, and sends its form when it stands. */
  document.querySelectorAll("[data-sends]").forEach((slider) => {
    const say = () => {
      const day = slider.list && slider.list.options[slider.value - slider.min];
      if (!day) return;
      slider.setAttribute("aria-valuetext", day.label);
      slider.form.querySelector("output").textContent = day.label;
    };
    slider.addEventListener("input", say);
    slider.addEventListener("change", () => slider.form.requestSubmit());
    say();
  });
})();

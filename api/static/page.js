// The page works without this file. With it: copy a quote with one click, and press "/" to get back to the question.
for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) break;
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = name; }, 1600);
  });
}
document.addEventListener("keydown", (event) => {
  const box = document.getElementById("q");
  if (event.key !== "/" || !box || event.target.matches("input, textarea, select")) return;
  event.preventDefault();
  box.select();
});

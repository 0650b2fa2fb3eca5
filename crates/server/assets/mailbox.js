// Shows letters as they arrive: asks every second, and reloads where there is another newest one and none is open.

const newest = document.querySelector("article")?.id ?? "";

setInterval(async () => {
  if (document.hidden || document.querySelector("details[open]")) return;
  const answer = await fetch("/dev/mailbox.json").catch(() => null);
  if (!answer?.ok) return;
  const [first] = await answer.json();
  if ((first?.id ?? "") !== newest) location.reload();
}, 1000);

/** The page's elements and looks, without its program, as long as the test runs. */
export async function onPage(test) {
  const [markup, looks] = await Promise.all(['index.html', 'style.css'].map(async (name) => (await fetch(`/page/${name}`)).text()));
  const style = Object.assign(document.createElement('style'), { textContent: looks });
  document.head.append(style);
  document.body.replaceChildren(...new DOMParser().parseFromString(markup, 'text/html').body.children);
  document.getElementById('chat').hidden = false;
  try {
    await test();
  } finally {
    document.body.replaceChildren();
    style.remove();
  }
}

/** Draws as the page does: once for all that happens at one time. */
export function drawing(draw) {
  let isPlanned = false;
  return () => {
    if (!isPlanned) {
      isPlanned = true;
      queueMicrotask(() => {
        isPlanned = false;
        draw();
      });
    }
  };
}

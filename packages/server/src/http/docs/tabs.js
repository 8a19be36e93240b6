// Turns the samples under a `.tabs` into tabs (ARIA Authoring Practices, "Tabs"). Without this script they follow each
// other.
const KEPT = 'recuento-sample';

for (const group of document.querySelectorAll('.tabs')) {
  const panels = [...group.children];
  const list = document.createElement('div');
  list.setAttribute('role', 'tablist');
  list.setAttribute('aria-label', group.dataset.label);
  const tabs = panels.map((panel, at) => {
    const caption = panel.querySelector('figcaption');
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.id = `tab-${at}`;
    tab.textContent = caption.textContent;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', `panel-${at}`);
    caption.remove();
    panel.id = `panel-${at}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    return tab;
  });
  const select = (chosen) => {
    tabs.forEach((tab, at) => {
      tab.setAttribute('aria-selected', String(at === chosen));
      tab.tabIndex = at === chosen ? 0 : -1;
      panels[at].hidden = at !== chosen;
    });
    sessionStorage.setItem(KEPT, tabs[chosen].textContent);
  };
  list.addEventListener('click', ({ target }) => {
    const at = tabs.indexOf(target);
    if (at >= 0) select(at);
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(event.target);
    const last = tabs.length - 1;
    const next = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    select(next);
    tabs[next].focus();
  });
  list.append(...tabs);
  group.prepend(list);
  // The language that was last chosen in this tab of the browser.
  select(
    Math.max(
      0,
      tabs.findIndex((tab) => tab.textContent === sessionStorage.getItem(KEPT)),
    ),
  );
}

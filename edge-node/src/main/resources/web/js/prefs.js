import { keep } from './keep.js';

const DEFAULTS = { theme: 'system', sound: false, notices: false };

/** What this browser's user prefers: theme (system, light, dark), sound, and notices. */
export const prefs = {
  get: () => ({ ...DEFAULTS, ...keep.prefs() }),
  set(changes) {
    keep.savePrefs({ ...prefs.get(), ...changes });
    applyTheme();
  },
};

/** The page follows the system unless its user chose light or dark. */
export function applyTheme() {
  const { theme } = prefs.get();
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}

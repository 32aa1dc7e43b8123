const TONE_HZ = 660;
const TONE_S = 0.15;
const OPEN_MS = 1_000;

let context = null;

/**
 * One short tone. A browser that lets no page sound before its user touched it stays silent, now and
 * later: a tone that comes late tells of nothing.
 */
export function beep() {
  if (context) {
    return;
  }
  try {
    context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: TONE_HZ });
    const volume = new GainNode(context, { gain: 0.08 });
    tone.connect(volume).connect(context.destination);
    tone.start();
    tone.stop(context.currentTime + TONE_S);
    context.resume().catch(silent);
  } catch (e) {
    silent(e);
  }
  setTimeout(close, OPEN_MS);
}

function close() {
  context?.close().catch(silent);
  context = null;
}

/** Without sound the page goes on. */
function silent(e) {
  console.warn(e);
}

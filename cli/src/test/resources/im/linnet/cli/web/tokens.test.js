import { TokenRefused, Tokens, subjectOf } from '/js/tokens.js';
import { equal } from './expect.js';

/** What becomes of asking a server that answers so. */
async function asked(status, body = '') {
  const kept = globalThis.fetch;
  globalThis.fetch = async () => new Response(body, { status });
  try {
    return await new Tokens('aa').get();
  } catch (e) {
    return [e instanceof TokenRefused, e.status ?? null];
  } finally {
    globalThis.fetch = kept;
  }
}

const tokenOf = (claims) => `x.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.y`;

export async function aServerWithoutTokensIsToldFromOneThatIsAway() {
  equal(await asked(404), [true, 404]);
  equal(await asked(405), [true, 404]);
  equal(await asked(403, '{"code":4003,"message":"no"}'), [true, 403]);
  equal(await asked(503), [false, null]);
  equal(await asked(200, `{"code":0,"data":{"token":"t","expiresAt":${Date.now() + 90_000}}}`), 't');
}

export function onlyAStringNamesTheUserOfAToken() {
  equal(subjectOf(tokenOf({ sub: 'aa' })), 'aa');
  for (const other of [tokenOf({ sub: 7 }), tokenOf({}), tokenOf(null), 'aa', 'a.b.c', '']) {
    equal(subjectOf(other), null);
  }
}

export async function whyThereIsNoTokenIsNotSaidInTheWordsOfTheServer() {
  const why = async (status, body) => {
    const kept = globalThis.fetch;
    globalThis.fetch = async () => new Response(body, { status });
    try {
      return await new Tokens('aa').get();
    } catch (e) {
      return e.message;
    } finally {
      globalThis.fetch = kept;
    }
  };
  equal(await why(405, ''), 'This server checks tokens and gives none.');
  equal(await why(403, '{"code":4003,"message":"forbidden: x"}'), 'This server gives tokens only to browsers on its own machine.');
  equal(await why(400, '{"code":4000,"message":"bad_request: clientId: x"}'), 'The server gave no token.');
}

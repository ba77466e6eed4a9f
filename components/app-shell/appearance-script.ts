import { PREFERENCE_COOKIES, THEMES, UP_DOWN } from "./preferences";

/** Puts theme and colour convention of the cookies on the document. Plain text of a script, since it runs before any file is there. */
export const APPEARANCE_SCRIPT = `(function(){var d=document.documentElement.dataset;${JSON.stringify([
  ["theme", PREFERENCE_COOKIES.theme, THEMES],
  ["updown", PREFERENCE_COOKIES.upDown, UP_DOWN],
])}.forEach(function(p){var m=document.cookie.match("(?:^|; )"+p[1]+"=([a-z]+)");if(m&&p[2].indexOf(m[1])>=0)d[p[0]]=m[1]})})()`;

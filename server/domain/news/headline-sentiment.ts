import { AppError } from "../app-error";
import { DIRECTION_WORDS, INTENSIFIERS, MEASURE_WORDS, NEGATIONS, PHRASES, TONE_WORDS } from "./finance-lexicon";

export const SENTIMENT_LABELS = ["positive", "neutral", "negative"] as const;
export type SentimentLabel = (typeof SENTIMENT_LABELS)[number];

/** What was read, and what it added to the sum that the score is made of. */
export type SentimentEvidence = { term: string; weight: number };
export type Sentiment = { score: number; confidence: number; label: SentimentLabel; evidence: SentimentEvidence[] };

/** Words on either side of a direction in which the thing that moves is looked for. */
const MEASURE_REACH_BACK = 8;
const MEASURE_REACH_AHEAD = 5;
const NEGATION_REACH = 3;
/** A direction without a known measure is good when it points up, at part of its weight. */
const UNKNOWN_MEASURE = 0.6;
/** What an earlier period was like speaks, less loudly, for the opposite of today. */
const EARLIER_PERIOD = -0.6;
const DIRECTION_WEIGHT = 1.4;
/** Two figures of the same measure on both sides of "compared to" or "from". */
const COMPARISON_WEIGHT = 1.3;
/** A loss, standing as today's fact. */
const PLAIN_LOSS = -1;
/** A loss, or a profit, of the earlier period: the sign has turned, or the figures compared beside it say more. */
const EARLIER_RESULT = 1.2;
/** Sum of weights at which the score is tanh(1) = 0.76. */
const SATURATION = 2;
/** |score| from which a text counts as positive or negative. */
export const NEUTRAL_BAND = 0.3;
const LONGEST_TEXT = 4_000;

/**
 * How often the label agrees with people's: measured 2026-11-21 on 7,339 labelled sentences (4,838 of the Financial PhraseBank where half of the annotators agree,
 * 2,501 headlines with a news vendor's label), no evidence counted as neutral. Half of them were looked at while the words were chosen; on the other half it is 0.72 and 0.72.
 * It misses what is good or bad news only to those who know the company ("runs on Google's model"), takes share issues and purchases for good news, and irony as it stands.
 */
export const LEXICON_QUALITY = { accuracy: 0.704, macroF1: 0.697, labelled: 7_339 } as const;
/** Of those sentences, how many with the first label got the second. */
export const LEXICON_CONFUSION: Readonly<Record<SentimentLabel, Readonly<Record<SentimentLabel, number>>>> = {
  positive: { positive: 1_667, neutral: 1_031, negative: 91 },
  neutral: { positive: 448, neutral: 2_737, negative: 261 },
  negative: { positive: 62, neutral: 276, negative: 766 },
};

type Lookup = { whole: Map<string, number>; beginnings: Map<string, number>; shortest: number };

function lookupOf(entries: Readonly<Record<string, number>>): Lookup {
  const whole = new Map<string, number>();
  const beginnings = new Map<string, number>();
  for (const [word, weight] of Object.entries(entries)) {
    if (word.endsWith("*")) beginnings.set(word.slice(0, -1), weight);
    else whole.set(word, weight);
  }
  return { whole, beginnings, shortest: Math.min(...[...beginnings.keys()].map((word) => word.length)) };
}

function weightIn({ whole, beginnings, shortest }: Lookup, word: string): number | null {
  const exact = whole.get(word);
  if (exact !== undefined) return exact;
  for (let length = word.length; length >= shortest; length--) {
    const weight = beginnings.get(word.slice(0, length));
    if (weight !== undefined) return weight;
  }
  return null;
}

type Phrase = { words: string[]; weight: number };

/** Phrases by their first word, longest first. */
function phrasesByFirstWord(): Map<string, Phrase[]> {
  const groups = new Map<string, Phrase[]>();
  for (const [text, weight] of Object.entries(PHRASES)) {
    const words = text.split(" ");
    groups.set(words[0]!, [...(groups.get(words[0]!) ?? []), { words, weight }].sort((a, b) => b.words.length - a.words.length));
  }
  return groups;
}

const tones = lookupOf(TONE_WORDS);
const directions = lookupOf(DIRECTION_WORDS);
const measures = lookupOf(MEASURE_WORDS);
const phrases = phrasesByFirstWord();

const COMPARATORS = new Set(["compared", "versus", "vs", "against", "from", "year-ago", "year-earlier"]);
const CLAUSE_ENDS = new Set([";", ":", ".", "!", "?"]);
const NUMBER = /^\d+(\.\d+)?%?$/;

/** Words in lower case, numbers and punctuation; typographic quotes and dashes, and the stray blanks of some wires ("EUR5 .9 mn"), are straightened. */
export function headlineTokens(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .replace(/[\u2010-\u2015]/g, "-")
    .replace(/(\d) (?=\.\d)/g, "$1")
    .replace(/(\d) ?,(?=\d{3}\b)/g, "$1")
    .replace(/(\d) %/g, "$1%")
    .replace(/([a-z])(\d)/g, "$1 $2");
  return plain.match(/[a-z][a-z&]*(?:['-][a-z0-9]+)*|\d+(?:\.\d+)?%?|[;:.!?,]/g) ?? [];
}

/** Where the text begins to speak of an earlier period: everything from there to the end of its clause. */
function earlierPeriods(tokens: readonly string[]): boolean[] {
  let earlier = false;
  return tokens.map((token) => {
    if (CLAUSE_ENDS.has(token)) earlier = false;
    else if (COMPARATORS.has(token)) earlier = true;
    return earlier;
  });
}

/** What moves: the nearest measure before the direction in its clause, else the nearest after it; null when none is known. */
function measureBeside(tokens: readonly string[], at: number): { at: number; sign: number } | null {
  for (const [step, reach] of [[-1, MEASURE_REACH_BACK], [1, MEASURE_REACH_AHEAD]] as const) {
    for (let k = at + step; k >= 0 && k < tokens.length && Math.abs(k - at) <= reach; k += step) {
      if (CLAUSE_ENDS.has(tokens[k]!)) break;
      const sign = weightIn(measures, tokens[k]!);
      if (sign !== null) return { at: k, sign };
    }
  }
  return null;
}

function context(tokens: readonly string[], at: number): number {
  let factor = 1;
  for (let step = 1; step <= NEGATION_REACH && at - step >= 0; step++) {
    const token = tokens[at - step]!;
    if (CLAUSE_ENDS.has(token) || token === ",") break;
    if (NEGATIONS.has(token)) factor *= -0.7;
    else if (step <= 2) factor *= INTENSIFIERS[token] ?? 1;
  }
  const next = tokens[at + 1];
  return next !== undefined && INTENSIFIERS[next] !== undefined && next.endsWith("ly") ? factor * INTENSIFIERS[next]! : factor;
}

/** "sales 241 mln, compared with 211.4 mln": which of the two is greater, times what that means for the measure; null when it cannot be told. */
function figureComparison(tokens: readonly string[], at: number): number | null {
  const figure = (from: number, step: 1 | -1) => {
    for (let k = from; k >= 0 && k < tokens.length && Math.abs(k - from) <= 10; k += step) {
      if (CLAUSE_ENDS.has(tokens[k]!) && k !== from) return null;
      const isYear = /^(19|20)\d\d$/.test(tokens[k]!);
      if (NUMBER.test(tokens[k]!) && !isYear) return { at: k, isPercent: tokens[k]!.endsWith("%"), value: Number.parseFloat(tokens[k]!) };
    }
    return null;
  };
  const now = figure(at - 1, -1);
  const then = figure(at + 1, 1);
  if (!now || !then || now.isPercent !== then.isPercent || now.value === then.value) return null;
  const sign = measureBeside(tokens, now.at)?.sign ?? 0;
  // "a loss of 3, compared to a profit of 2" is told by its words: figures of two measures cannot be compared.
  const signThen = tokens.slice(at + 1, then.at).map((token) => weightIn(measures, token)).find((found) => found !== null) ?? sign;
  return sign === 0 || Math.sign(signThen) !== Math.sign(sign) ? null : Math.sign(now.value - then.value) * sign;
}

/**
 * Sentiment of a headline or short news text, by a finance lexicon with directions, measures, negation, intensity and comparisons.
 *
 *     s = tanh( sum(w_i) / S )
 *
 * w_i: weight of each piece of evidence – a phrase or tone word (times negation and intensity beside it); a direction times the sign of what moves
 * ("profit fell" -, "loss narrowed" +); two figures compared ("8.3 %, compared to 11.8 %"); S = 2.
 *
 * @param text  English headline, at most 4,000 characters are read
 * @returns score -1..1 (positive: good for the company or market spoken of); confidence 0..1: |sum w| / sum |w|, that is how far the evidence agrees, times how
 *   much there is of it, 1 - exp(-sum |w|); label: neutral when |score| < 0.3; evidence in the order of the text. Null when no evidence was found.
 * @throws AppError INVALID_INPUT when the text is empty
 *
 * Convention: no evidence is null, not 0; the weights are judgements written by hand, not fitted to a labelled set.
 * Source: method after Hutto and Gilbert, "VADER", ICWSM 2014 (negation, intensity) and Malo et al., "Good debt or bad debt", JASIST 65(4), 2014 (direction and measure).
 * Worked: "Net profit fell 45 %" -> one direction, -1.4 -> tanh(-0.7) = -0.6044
 */
export function headlineSentiment(text: string): Sentiment | null {
  if (text.trim() === "") throw new AppError("INVALID_INPUT", "There is no text to read", { field: "text" });
  const tokens = headlineTokens(text.slice(0, LONGEST_TEXT));
  const earlier = earlierPeriods(tokens);
  const evidence: SentimentEvidence[] = [];
  const moved = new Set(tokens.flatMap((token, at) => (weightIn(directions, token) === null ? [] : (measureBeside(tokens, at)?.at ?? []))));
  const tell = (term: string, weight: number, at: number) => {
    if (weight !== 0) evidence.push({ term, weight: (earlier[at] ? EARLIER_PERIOD : 1) * weight });
  };

  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!;
    const phrase = phrases.get(token)?.find(({ words }) => words.every((word, k) => tokens[at + k] === word));
    if (phrase) {
      tell(phrase.words.join(" "), phrase.weight * context(tokens, at), at);
      at += phrase.words.length - 1;
      continue;
    }
    if (COMPARATORS.has(token)) {
      const compared = figureComparison(tokens, at);
      if (compared !== null) evidence.push({ term: token, weight: COMPARISON_WEIGHT * compared });
      continue;
    }
    const direction = weightIn(directions, token);
    if (direction !== null) {
      const sign = measureBeside(tokens, at)?.sign ?? UNKNOWN_MEASURE;
      tell(token, DIRECTION_WEIGHT * direction * sign * context(tokens, at), at);
      continue;
    }
    const tone = weightIn(tones, token);
    if (tone !== null) {
      tell(token, tone * context(tokens, at), at);
      continue;
    }
    const isLoss = token === "loss" || token === "losses";
    if (moved.has(at) || (!isLoss && token !== "profit" && token !== "profits")) continue;
    if (earlier[at]) evidence.push({ term: token, weight: isLoss ? EARLIER_RESULT : -EARLIER_RESULT });
    else if (isLoss) tell(token, PLAIN_LOSS * context(tokens, at), at);
  }
  if (evidence.length === 0) return null;

  const sum = evidence.reduce((total, { weight }) => total + weight, 0);
  const size = evidence.reduce((total, { weight }) => total + Math.abs(weight), 0);
  const score = Math.tanh(sum / SATURATION);
  return { score, confidence: (Math.abs(sum) / size) * (1 - Math.exp(-size)), label: sentimentLabelOf(score), evidence };
}

/** What a score -1..1 is called. */
export const sentimentLabelOf = (score: number): SentimentLabel => (Math.abs(score) < NEUTRAL_BAND ? "neutral" : score > 0 ? "positive" : "negative");

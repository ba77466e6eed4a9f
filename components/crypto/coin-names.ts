import { useLocale } from "next-intl";

type Named = { nameEn: string | null; nameKo: string | null };

/** A coin's name in the reader's language where the exchange has one, else in the other. */
export function useCoinName(): (coin: Named) => string | null {
  const locale = useLocale();
  return ({ nameEn, nameKo }) => (locale === "ko" ? (nameKo ?? nameEn) : (nameEn ?? nameKo));
}

/** Won prices reach from a thousandth to hundreds of millions: as many digits as a price of that size is quoted in. */
export const wonDigits = (price: number | null): number => (price === null || price >= 100 ? 0 : price >= 1 ? 2 : price >= 0.01 ? 4 : 6);

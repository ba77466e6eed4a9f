import { FRED } from "./fred/fred-vendor";
import type { VendorDefinition } from "./vendor-definition";

/** Every vendor there is an adapter of. The order says nothing; priorities stand in the definitions. */
export const VENDORS: readonly VendorDefinition[] = [FRED];

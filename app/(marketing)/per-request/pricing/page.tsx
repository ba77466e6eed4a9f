export { default, generateMetadata } from "../../prerendered/[locale]/pricing/page";

export { default, generateMetadata } from "../../prerendered/[locale]/developers/page";

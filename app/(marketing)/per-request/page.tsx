export { default } from "../prerendered/[locale]/page";

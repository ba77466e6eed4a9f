import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./components/app-shell/i18n-request.ts");

/** @type {import("next").NextConfig} */
const config = {};

export default withNextIntl(config);

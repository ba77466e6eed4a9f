import { NotFoundSearch } from "@/components/app-shell/not-found-search";

export default function NotFoundInApp() {
  return <NotFoundSearch />;
}

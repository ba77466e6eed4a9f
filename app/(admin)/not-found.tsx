import { NotFoundSearch } from "@/components/app-shell/not-found-search";

export default function NotFoundForStaff() {
  return <NotFoundSearch />;
}

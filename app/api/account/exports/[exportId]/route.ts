import { exportDownload } from "@/server/api/export-download";

export async function GET(request: Request, { params }: { params: Promise<{ exportId: string }> }): Promise<Response> {
  return exportDownload(request.headers, (await params).exportId);
}

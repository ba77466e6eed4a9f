import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import pg from "pg";

/** Prisma's adapter cuts a script at every semicolon, even inside functions; this one sends it whole, which also makes it atomic. `completeScript` may add to it before. */
export class WholeScriptAdapterFactory extends PrismaPg {
  private readonly opened: { dispose(): Promise<void> }[] = [];

  constructor(
    private readonly connectionString: string,
    private readonly completeScript: (script: string) => string,
  ) {
    super({ connectionString, max: 1 });
  }

  /** The engine leaves its connections open when it is freed. */
  async close(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((adapter) => adapter.dispose()));
  }

  override async connect() {
    const adapter = await super.connect();
    this.opened.push(adapter);
    adapter.executeScript = async (script) => {
      const client = new pg.Client({ connectionString: this.connectionString });
      await client.connect();
      try {
        await client.query(this.completeScript(script));
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) throw error;
        const { code = "", severity = "ERROR", message, detail, hint } = error;
        throw new DriverAdapterError({ kind: "postgres", code, severity, message, detail, column: undefined, hint });
      } finally {
        await client.end();
      }
    };
    return adapter;
  }
}

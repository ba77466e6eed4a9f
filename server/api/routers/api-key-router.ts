import { apiKey, apiKeyIdInput, apiKeyPage, createApiKeyInput, createdApiKey, listApiKeysInput, rotateApiKeyInput } from "@/server/contracts/api-key";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import { listApiKeys } from "@/server/services/api-key/list-api-keys";
import { revokeApiKey } from "@/server/services/api-key/revoke-api-key";
import { rotateApiKey } from "@/server/services/api-key/rotate-api-key";
import { recentProcedure, router, userProcedure } from "../procedures";

// Keys are made in the browser by the person: a key that could make keys would outlive its own revocation.
export const apiKeyRouter = router({
  list: userProcedure.input(listApiKeysInput).output(apiKeyPage).query(({ ctx, input }) => listApiKeys(ctx, input)),
  create: recentProcedure.input(createApiKeyInput).output(createdApiKey).mutation(({ ctx, input }) => createApiKey(ctx, input)),
  rotate: recentProcedure.input(rotateApiKeyInput).output(createdApiKey).mutation(({ ctx, input }) => rotateApiKey(ctx, input)),
  revoke: userProcedure.input(apiKeyIdInput).output(apiKey).mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
});

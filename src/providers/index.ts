import type { Provider } from "../contract/index.ts";
import { GatewayError } from "../errors.ts";
import { iBonus } from "./i-bonus/index.ts";

/** Every kind of system that can be connected: one line each. How to add one: docs/add-a-provider.md. */
export const providers: readonly Provider[] = [iBonus];

/** @throws GatewayError NOT_SUPPORTED: a stored integration may be of a provider that this version does not have. */
export const providerById = (id: string): Provider => {
  const provider = providers.find((one) => one.id === id);
  if (provider !== undefined) return provider;
  throw new GatewayError("NOT_SUPPORTED", {
    message: {
      en: `This version of Guestgraph has no provider "${id}".`,
      ru: `В этой версии Guestgraph нет системы «${id}».`,
    },
  });
};

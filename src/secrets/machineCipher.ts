import { ConfigFile } from "@salesforce/core";

/** Encrypts with the Salesforce CLI's own key. The library offers this only to files of settings, so this is one that is never written. */
export class Cipher extends ConfigFile<ConfigFile.Options> {
  static override encryptedKeys = [/^consumerSecret$/];

  static override getFileName(): string {
    return "cpq-consumers.json";
  }

  protected override async init(): Promise<void> {
    await this.initCrypto();
  }

  of(secret: string): string {
    return this.encrypt(secret) ?? "";
  }

  clearText(encrypted: string): string {
    return this.decrypt(encrypted) ?? "";
  }
}

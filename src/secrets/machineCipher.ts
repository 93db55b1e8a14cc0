import { Config } from "@salesforce/core/config";

/**
 * Encrypts with the Salesforce CLI's own key. The library offers this only to files of settings, so this is one that is never
 * written. Of these files, this class alone can be had without loading the whole library.
 */
export class Cipher extends Config {
  static override encryptedKeys = [/^consumerSecret$/];

  static override getFileName(): string {
    return "cpq-consumers.json";
  }

  /** For the user, whatever project the working folder belongs to. */
  static ofUser(): Promise<Cipher> {
    return Cipher.create({ isGlobal: true, filename: Cipher.getFileName() });
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

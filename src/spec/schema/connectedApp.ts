import { z } from "zod";
import { certificate, oneLine, webAddress } from "./values.ts";
import { word } from "./words.ts";

const address = oneLine(2000);

/** Single sign-on by SAML, with Salesforce as the identity provider. */
export const saml = z
  .strictObject({
    acsUrl: address.describe("The service provider's assertion consumer service."),
    entityUrl: address.describe("Entity Id of the service provider."),
    subjectType: word("saml.subjectType").describe("What names the user."),
    subjectCustomAttribute: oneLine()
      .describe("The attribute, where subjectType is CustomAttribute.")
      .optional(),
    nameIdFormat: word("saml.nameIdFormat").describe("Format of the name Id.").optional(),
    issuer: address.describe("Issuer of the assertions; without it, My Domain.").optional(),
    certificate: certificate("The service provider's certificate, in PEM or base64."),
    signingAlgorithm: word("saml.signingAlgorithm").describe("How assertions are signed.").optional(),
    encryptionCertificate: certificate("Certificate that assertions are encrypted for, in PEM or base64."),
    encryptionType: word("saml.encryptionType").describe("How assertions are encrypted.").optional(),
    singleLogoutUrl: webAddress("Where Salesforce sends a logout request."),
    singleLogoutBinding: word("saml.singleLogoutBinding").describe("How it sends that request.").optional(),
  })
  .describe("Single sign-on by SAML; connected apps only.");

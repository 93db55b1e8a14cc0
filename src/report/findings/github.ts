import { visibleText } from "../../app/visibleText.ts";
import { messagesOf } from "../../messages.ts";
import type { FindingReport, Level } from "../../results/finding.ts";
import { reportPath } from "./reportText.ts";

const messages = messagesOf("findings");

const commands: Readonly<Record<Level, string>> = { error: "error", warning: "warning", note: "notice" };

/**
 * Findings as workflow commands of GitHub Actions, which become annotations of the files. Silenced ones are left out.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubReport({ subjects }: FindingReport): string {
  const lines = subjects.flatMap(({ name, file, findings, failure }) => [
    ...findings
      .filter(({ silenced }) => silenced === undefined)
      .map(({ level, rule, message, location }) => {
        const { line, column } = location;
        const properties = { file: reportPath(location.file), line, col: column, title: `${rule} (${name})` };
        return commandLine(commands[level], properties, message);
      }),
    ...(failure === undefined
      ? []
      : [
          commandLine(
            "error",
            { file: reportPath(file), title: messages.getMessage("notChecked", [name]) },
            failure,
          ),
        ]),
  ]);
  return lines.join("\n");
}

function commandLine(
  command: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${propertyText(String(value))}`);
  return `::${command} ${list.join(",")}::${messageText(message)}`;
}

/** Escapes line breaks and percent signs, so that a text cannot become a second command. */
function messageText(text: string): string {
  return visibleText(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function propertyText(text: string): string {
  return messageText(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

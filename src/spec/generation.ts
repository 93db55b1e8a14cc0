import { isMap } from "./overlay.ts";

/** More than these are no rotations. */
export const mostGenerations = 999;

/** The API name of an app's generation: the first has the plain name, the second `NAME_2`. */
function nameOfGeneration(name: string, generation: number): string {
  return generation === 1 ? name : `${name}_${generation}`;
}

/**
 * A spec's content as it is for the generation that the spec says is in use: its name and label carry the number, and the
 * number itself is gone. What is wrong in `rotation` stays as it is, for the schema to say.
 */
export function inGeneration(content: unknown): { content: unknown; generation: number } {
  const first = { content, generation: 1 };
  if (!isMap(content) || !isMap(content.rotation)) return first;
  const { generation, ...rotation } = content.rotation;
  const { name, label } = content;
  if (!isGeneration(generation)) return first;
  if (typeof name !== "string" || generation === 1)
    return { content: { ...content, rotation }, generation: 1 };
  return {
    content: {
      ...content,
      name: nameOfGeneration(name, generation),
      ...(typeof label === "string" ? { label: `${label} ${generation}` } : {}),
      rotation,
    },
    generation,
  };
}

function isGeneration(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= mostGenerations;
}

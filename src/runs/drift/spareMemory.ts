import { setFlagsFromString } from "node:v8";

/**
 * Makes Node collect its garbage early: left alone, it lets hundreds of MiB pile up where the machine has them, which the
 * small container of a pipeline has not. Only what is said before the heap has grown has an effect.
 *
 * @see https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function spareMemory(): void {
  setFlagsFromString("--optimize-for-size");
}

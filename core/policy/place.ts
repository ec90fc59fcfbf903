/** Where a value of a merged policy was written: in which of its files, and at which path there. */
import type { IssuePath } from './issue.ts';

export interface Place {
  /** Which file: 0 is the one that was named, 1 is what that extends, and so on. */
  layer: number;
  /** The path inside of that file. */
  path: IssuePath;
  /** Places of what is inside, where these do not simply follow from this one. */
  inside: ReadonlyMap<string | number, Place>;
}

const NOTHING: ReadonlyMap<string | number, Place> = new Map();

/** The place of a value that was written as a whole in one file. */
export function placeIn(layer: number, path: IssuePath): Place {
  return { layer, path, inside: NOTHING };
}

/** The place of what lies one step further in; where nothing is written, the place where it would be. */
export function stepInto(place: Place, step: string | number): Place {
  return place.inside.get(step) ?? placeIn(place.layer, [...place.path, step]);
}

/** The place of the value at a path of the merged policy. */
export function placeAt(root: Place, path: IssuePath): Place {
  return path.reduce(stepInto, root);
}

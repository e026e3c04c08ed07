/** The changes of one field of all deals, by deal and time. */
export interface FieldChanges {
  /** Earlier exports tell of a change only that it lies between two of them. */
  readonly from: 'history' | 'exports';
  /** Length deals + 1. */
  readonly offsets: Int32Array;
  /** Epoch milliseconds by which the value had changed, and before which it had not: the same but between two exports. */
  readonly latest: Float64Array;
  readonly earliest: Float64Array;
  /** The value before and after, in the unit of the column: day number, or money. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** One a deal: epoch milliseconds when its value was seen first, NaN where never. */
  readonly seen: Float64Array;
}

/** Something that the recorder needs is missing, or not as it must be. */
export class RecordingFault extends Error {}

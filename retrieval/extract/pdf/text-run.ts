/** Text that was drawn in one go or stands in one line. Units are points, y grows downwards. */
export interface TextRun {
  text: string;
  /** Its left and right end. */
  x0: number;
  x1: number;
  /** The line that its letters stand on. */
  y: number;
  /** Of the font. */
  size: number;
  /** The font's name within this document. */
  font: string;
  /** Whether all letters of the font are of one width, as in code. */
  isFixedWidth: boolean;
  /** Whether a part of it is set in another font. */
  isMixed: boolean;
}

export interface PdfPage {
  /** From 1. */
  number: number;
  width: number;
  height: number;
  /** In no order that can be relied on. */
  lines: TextRun[];
}

export type { FieldType, Shape } from "./shape.ts";

export type { AnswerShape as Shape, FieldType } from "../../answer.ts";

/**
 * Keeps secrets. Passwords that need only be checked are hashed; those that must be used again
 * (a source's password for the capture) are encrypted with a key of the data folder.
 */
export interface Vault {
  hash(secret: string): string;
  matches(secret: string, hashed: string): boolean;
  seal(secret: string): string;
  open(sealed: string): string;
}

/** What a worker asks of the process that does its waiting. */
export interface EndRun {
  readonly do: 'end';
  readonly place: string;
}

export type Request = EndRun;

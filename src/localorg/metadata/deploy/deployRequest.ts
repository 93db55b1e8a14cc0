/** What a client asks of a deploy. Not all options change anything here: there is no Apex to test. */
export interface DeployOptions {
  allowMissingFiles: boolean;
  autoUpdatePackage: boolean;
  checkOnly: boolean;
  ignoreWarnings: boolean;
  performRetrieve: boolean;
  purgeOnDelete: boolean;
  rollbackOnError: boolean;
  runTests: string[];
  singlePackage: boolean;
  testLevel: TestLevel | undefined;
}

/** Which Apex tests a deploy runs. */
type TestLevel = (typeof testLevels)[number];

/** All test levels. */
export const testLevels = [
  "NoTestRun",
  "RunSpecifiedTests",
  "RunLocalTests",
  "RunAllTestsInOrg",
  "RunRelevantTests",
] as const;

/** Options of a deploy that gives none. */
export const defaultDeployOptions: DeployOptions = {
  allowMissingFiles: false,
  autoUpdatePackage: false,
  checkOnly: false,
  ignoreWarnings: false,
  performRetrieve: false,
  purgeOnDelete: false,
  rollbackOnError: false,
  runTests: [],
  singlePackage: false,
  testLevel: undefined,
};

/** One row of `componentSuccesses` or `componentFailures`. */
export interface DeployMessage {
  changed: boolean;
  columnNumber?: number;
  /** Empty for manifests. */
  componentType: string;
  created: boolean;
  /** ISO 8601. */
  createdDate: string;
  deleted: boolean;
  fileName: string;
  fullName: string;
  id?: string;
  lineNumber?: number;
  problem?: string;
  problemType?: "Error" | "Warning";
  success: boolean;
}

/** The progress of a deploy. */
export type DeployStatus =
  | "Pending"
  | "InProgress"
  | "Succeeded"
  | "SucceededPartial"
  | "Failed"
  | "Canceling"
  | "Canceled";

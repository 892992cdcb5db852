using Classound.Storage.Tests.Sqlite;

// The test runner loads the tests without this entry; the crash tests run it: crash-writer FOLDER.
return args is ["crash-writer", var folder] ? await CrashWriter.RunAsync(folder) : 2;

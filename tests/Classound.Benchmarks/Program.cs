using System.CommandLine;
using Classound.Benchmarks;

// After Ctrl+C the processes that were started are stopped, and their folders removed.
var leaving = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await BenchmarkCommandLine.Create().Parse(args).InvokeAsync(leaving);

using Classound.Benchmarks;

return await BenchmarkCommandLine.Create().Parse(args).InvokeAsync();

using Classound.Cli.Commands;
using Classound.Cli.Connection;

return await CommandLine.RunAsync(args, CliHost.OfProcess(), CancellationToken.None);

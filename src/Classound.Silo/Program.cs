using System.CommandLine;
using Classound.Silo;

// The command line's own limit after SIGTERM is 2 s: it would end the process with 143 while the host is still leaving the cluster.
var leaving = new InvocationConfiguration { ProcessTerminationTimeout = SiloHost.ShutdownLimit + TimeSpan.FromSeconds(10) };
return await SiloCommandLine.Create(SiloHost.Run).Parse(args).InvokeAsync(leaving);

namespace Classound.Deploy.Tests.Manifests;

/// <summary>What the containers are started with.</summary>
public sealed class ConfigurationTests
{
    public static TheoryData<string> Overlays => [.. Overlay.Names];

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Configuration_IsOneThatStarts(string name)
    {
        var overlay = await Overlay.Build(name);
        foreach (var workload in overlay.Workloads.Where(workload => workload.IsOurs))
        {
            var options = Configured.Of(overlay, workload);
            Assert.Empty(options.Check());
            Assert.Equal("0.0.0.0", options.ListenAddress);
            Assert.Equal(options.GrpcPort, Port(workload, "grpc"));
            Assert.Equal(options.HttpPort, Port(workload, "operations"));
            var startup = workload.Container.StartupProbe;
            // What a start takes beside that was allowed 180 s.
            Assert.True(startup.PeriodSeconds * startup.FailureThreshold >= 180 + (options.UsesRedis ? options.RedisWaitSeconds : 0), workload.Name);
            if (options is { UsesRedis: true, IsBackOffice: false })
            {
                Assert.Equal("10.1.2.3", options.AdvertisedAddress);
                Assert.Equal((options.SiloPort, options.GatewayPort), (Port(workload, "silo"), Port(workload, "gateway")));
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Overlays))]
    public async Task Variables_AreDefinedBeforeTheyAreUsed(string name)
    {
        foreach (var container in (await Overlay.Build(name)).Workloads.SelectMany(workload => workload.Containers))
        {
            var known = Variables.Of(container);
            foreach (var argument in (container.Command ?? []).Concat(container.Args ?? [])) Variables.Expand(argument, known, container.Name);
        }
    }

    private static int Port(Workload workload, string name) => Assert.Single(workload.Container.Ports, port => port.Name == name).ContainerPort;
}

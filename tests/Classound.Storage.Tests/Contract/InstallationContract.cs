namespace Classound.Storage.Tests.Contract;

public abstract class InstallationContract(StoreHarness harness) : StoreContract(harness)
{
    [SkippableFact]
    public async Task Other_number_of_partitions_RefusesTheStart()
    {
        var store = await OpenAsync(partitions: 8);
        await store.DisposeAsync();

        var refusal = await Assert.ThrowsAsync<StoreStartRefusedException>(() => OpenAsync(partitions: 9));

        Assert.Contains("8 partitions", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("9 are configured", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(8, (await OpenAsync(partitions: 8)).PartitionCount);
    }

    [SkippableFact]
    public async Task Running_store_IsHealthy()
    {
        var store = await OpenAsync();

        Assert.True(await store.IsHealthyAsync(None));
    }

    [SkippableFact]
    public async Task Cancelled_before_it_was_sent_NothingHappens()
    {
        var store = await OpenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.CommitAsync(new TestWriter("pbx-1").Prepare(), new CancellationToken(canceled: true)));

        Assert.Null((await store.LoadAsync("pbx-1", None)).Version);
    }
}

using Microsoft.Extensions.Time.Testing;

namespace Classound.Storage.Tests.Contract;

/// <summary>Gives a test its own, empty store, and opens it again on the same data.</summary>
public abstract class StoreHarness : IAsyncDisposable
{
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    /// <summary>Opens the test's store; a second call opens the same data. Skips the test when the store cannot be run here.</summary>
    public abstract Task<ILedgerStore> OpenAsync(int partitions = PbxPartition.DefaultCount);

    public abstract ValueTask DisposeAsync();
}

/// <summary>Base of the tests that both stores pass.</summary>
public abstract class StoreContract(StoreHarness harness) : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected FakeTimeProvider Time => harness.Time;

    protected Task<ILedgerStore> OpenAsync(int partitions = PbxPartition.DefaultCount) => harness.OpenAsync(partitions);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await harness.DisposeAsync();
}

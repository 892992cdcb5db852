using System.Security.Cryptography;

namespace Classound.Storage.Tests.Contract;

public abstract class ContentContract(StoreHarness harness) : StoreContract(harness)
{
    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    [InlineData(256 * 1024 + 1)]
    [InlineData(5_000_000)]
    public async Task Content_ComesBackWholeAfterARestart(int size)
    {
        var (hash, content) = Make(size);
        var store = await OpenAsync();

        await store.PutContentAsync(hash, content, None);
        await store.PutContentAsync(hash, content, None);
        await store.DisposeAsync();

        Assert.Equal(content, await (await OpenAsync()).GetContentAsync(hash, None));
    }

    [SkippableFact]
    public async Task Content_of_a_million_prefixes_IsPutWhileCommitsAreAnswered()
    {
        var (hash, content) = Make(30_000_000);
        var store = await OpenAsync();
        var writer = new TestWriter("pbx-1");

        var first = await CommitsDuring(store, writer, store.PutContentAsync(hash, content, None));
        Assert.True((await store.GetContentAsync(hash, None))?.SequenceEqual(content));
        var second = await CommitsDuring(store, writer, store.PutContentAsync(hash, content, None));
        await store.DisposeAsync();

        // In one piece it would let one commit in before it and one behind.
        Assert.True(first > 5 && second > 5, $"{first} and {second} commits were answered while the content was put");
        store = await OpenAsync();
        Assert.True((await store.GetContentAsync(hash, None))?.SequenceEqual(content));
        Assert.Equal(writer.Stored, (await store.LoadAsync("pbx-1", None)).Version);
    }

    [SkippableFact]
    public async Task Unknown_content_IsNull()
    {
        var store = await OpenAsync();

        Assert.Null(await store.GetContentAsync(Make(10).Hash, None));
    }

    [SkippableFact]
    public async Task Content_under_a_wrong_hash_IsRefused()
    {
        var store = await OpenAsync();
        var hash = Make(10).Hash;

        await Assert.ThrowsAsync<ArgumentException>(() => store.PutContentAsync(hash, Make(11).Content, None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutContentAsync(hash.ToUpperInvariant(), Make(10).Content, None));

        Assert.Null(await store.GetContentAsync(hash, None));
    }

    // How many commits, one after the other, were answered before the content was.
    private static async Task<int> CommitsDuring(ILedgerStore store, TestWriter writer, Task put)
    {
        for (var commits = 0; ; commits++)
        {
            await writer.CommitAsync(store, commit => commit.Changes.Add(new(0, "n", [1])));
            if (!put.IsCompleted) continue;
            await put;
            return commits;
        }
    }

    internal static (string Hash, byte[] Content) Make(int size)
    {
        var content = new byte[size];
        new Random(size).NextBytes(content);
        return (Convert.ToHexStringLower(SHA256.HashData(content)), content);
    }
}

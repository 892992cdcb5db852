namespace Classound.Storage.Tests;

public sealed class LedgerVersionTests
{
    [Fact]
    public void Text_form_ComesBack()
    {
        var version = new LedgerVersion(12, "aZ09_-", long.MaxValue);

        Assert.Equal("12:aZ09_-:9223372036854775807", version.ToString());
        Assert.Equal(version, LedgerVersion.Parse(version.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1:n")]
    [InlineData("1:n:0:0")]
    [InlineData("0:n:0")]
    [InlineData("-1:n:0")]
    [InlineData("1:n:-1")]
    [InlineData("1::0")]
    [InlineData("1:a b:0")]
    [InlineData("+1:n:0")]
    [InlineData("1 :n:0")]
    [InlineData("1:n:9223372036854775808")]
    [InlineData("1:é:0")]
    public void Other_text_IsRefused(string? text)
    {
        Assert.False(LedgerVersion.TryParse(text, out _));
        var refusal = Assert.Throws<FormatException>(() => LedgerVersion.Parse(text!));
        Assert.Contains("epoch:nonce:sequence", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Nonce_HasAtMost64Characters(int length, bool valid) =>
        Assert.Equal(valid, new LedgerVersion(1, new string('n', length), 0).IsValid);

    [Theory]
    [InlineData("3:a:7", "3:a:7", true)]
    [InlineData("3:a:8", "3:a:7", true)]
    [InlineData("4:b:0", "3:a:7", true)]
    [InlineData("9:b:0", "3:a:7", true)]
    [InlineData("3:a:6", "3:a:7", false)] // fewer commits of the same activation
    [InlineData("2:z:99", "3:a:7", false)] // an older activation
    [InlineData("3:b:8", "3:a:7", false)] // two owners of one epoch: 3:a was stored, so nobody can have loaded epoch 2 since
    public void Version_that_cannot_have_followed_IsTold(string found, string known, bool may) =>
        Assert.Equal(may, LedgerVersion.Parse(found).MayFollow(LedgerVersion.Parse(known)));
}

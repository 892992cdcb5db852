using System.Text;
using Classound.Silo;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classound.EndToEnd.Tests;

/// <summary>Who is let in to the dashboard, by the header of the request and by what came before.</summary>
public sealed class DashboardAccessTests : IDisposable
{
    private const string Password = "Zürich: 12:30 Uhr";

    private readonly MovedClock _clock = new();
    private readonly DashboardAccess _access;

    public DashboardAccessTests() => _access = new DashboardAccess(Password, _clock, NullLogger<DashboardAccess>.Instance);

    public void Dispose() => _access.Dispose();

    [Theory]
    [InlineData("user", Password, 200)]
    [InlineData("", Password, 200)]
    [InlineData("user", "", 401)]
    [InlineData("user", Password + " ", 401)]
    [InlineData("user", "zürich: 12:30 uhr", 401)]
    public void Password_IsComparedWhole(string user, string password, int status) => Assert.Equal(status, Ask(Basic(user, password)));

    [Theory]
    [InlineData("Bearer x")]
    [InlineData("Basic")]
    [InlineData("Basic !!")]
    [InlineData("Basic bm9jb2xvbg==")] // "nocolon"
    [InlineData("\u0001")]
    public void WhatIsNoSuchHeader_IsRefused_AndCounts(string header)
    {
        for (var guess = 0; guess < DashboardAccess.WrongPasswords; guess++) Assert.Equal(401, Ask(header));
        Assert.Equal(429, Ask(Basic("user", Password)));
    }

    [Fact]
    public void RequestWithoutAPassword_IsNoGuess()
    {
        for (var request = 0; request < 3 * DashboardAccess.WrongPasswords; request++) Assert.Equal(401, Ask(""));
        Assert.Equal(200, Ask(Basic("user", Password)));
    }

    [Fact]
    public void ClosedForAMinuteFromTheFirstWrongOne_ThenOpenForTenMore()
    {
        Assert.Equal(401, Ask("wrong"));
        _clock.Advance(TimeSpan.FromSeconds(50));
        for (var guess = 1; guess < DashboardAccess.WrongPasswords; guess++) Assert.Equal(401, Ask("wrong"));
        Assert.Equal(429, Ask(Basic("user", Password)));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(429, Ask(Basic("user", Password)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, Ask(Basic("user", Password)));
        for (var guess = 0; guess < DashboardAccess.WrongPasswords; guess++) Assert.Equal(401, Ask("wrong"));
        Assert.Equal(429, Ask("wrong"));
    }

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private int Ask(string header)
    {
        var context = new DefaultHttpContext();
        if (header.Length > 0) context.Request.Headers.Authorization = header;
        Assert.Equal(_access.Allows(context), context.Response.StatusCode == 200);
        return context.Response.StatusCode;
    }

    private sealed class MovedClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}

namespace Classound.Api.Tests.Hosting;

/// <summary>One host for all tests of the collection: each has PBXs of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiHost>
{
    public const string Name = "api";
}

using System.Reflection;
using Classound.Grains.Catalogues;

namespace Classound.Grains.Tests.Catalogues;

/// <summary>A grain factory whose catalogue says what a test wants, and whose every other grain throws.</summary>
public class StubCatalogue : DispatchProxy
{
    private Func<CatalogueNews> _news = null!;

    /// <param name="news">What each poll is answered; may throw.</param>
    public static IGrainFactory Saying(Func<CatalogueNews> news)
    {
        var factory = Create<IGrainFactory, Factory>();
        var catalogue = Create<ICatalogueGrain, StubCatalogue>();
        ((StubCatalogue)(object)catalogue)._news = news;
        ((Factory)(object)factory).Catalogue = catalogue;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(ICatalogueGrain.Follow) ? Task.FromResult(_news()) : throw new NotSupportedException(targetMethod.Name);

    public class Factory : DispatchProxy
    {
        internal ICatalogueGrain Catalogue { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.ReturnType == typeof(ICatalogueGrain) ? Catalogue : throw new NotSupportedException(targetMethod.Name);
    }
}
